package dunlin.host.model;

/** What an encoder classifies. */
public sealed interface EncoderInput permits Features, TokenSequence {
  /** For people. */
  String name();
}
