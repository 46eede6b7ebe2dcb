package io.evalstream.loadgenerator.plan;

/** What a request asks. Immutable. */
public sealed interface Prompt permits TokenPrompt, TextPrompt {

  /** Tokens that it is made of; of a text, an estimate. At least 1. */
  int tokens();

  /** Names it; equal prompts have equal names. */
  String id();
}
