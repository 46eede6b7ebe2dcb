package io.evalstream.loadgenerator.plan;

/** What a request asks. Immutable. */
public sealed interface Prompt permits TokenPrompt, TextPrompt {

  /** Tokens that it is made of; of a text, an estimate. At least 1. */
  int tokens();

  /** What a later block asks in its place: as long, and if it was drawn, drawn anew. */
  Prompt inBlock(int block);

  /** Names it; equal prompts have equal names. */
  String id();
}
