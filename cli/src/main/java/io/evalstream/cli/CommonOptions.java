package io.evalstream.cli;

import io.evalstream.local.stack.StackAddresses;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command takes. */
@Command
final class CommonOptions {

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show what the program does, and where it broke.")
  private boolean verbose;

  @Option(
      names = "--lang",
      scope = ScopeType.INHERIT,
      paramLabel = "en|ko",
      description = "Language of reports; the environment's when left out.")
  private String language;

  @Option(
      names = "--directory",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description =
          "Where the local stack keeps everything (.evalstream/stack; of a demo .evalstream/demo).")
  private Path directory;

  /** The options as given, wherever on the line they stood. */
  static CommonOptions of(CommandSpec command) {
    return (CommonOptions) command.root().mixins().get("options").userObject();
  }

  boolean verbose() {
    return verbose;
  }

  Messages messages() {
    return Messages.of(language, System.getenv());
  }

  Path directory() {
    return directory == null ? Path.of(".evalstream", "stack") : directory;
  }

  /** The directory as given, if it was. */
  Optional<Path> givenDirectory() {
    return Optional.ofNullable(directory);
  }

  /** The stack that runs on the directory. */
  Optional<StackAddresses> stack() {
    return StackAddresses.find(directory());
  }

  static final class Version implements picocli.CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"evalstream " + (version == null ? "unreleased" : version)};
    }
  }
}
