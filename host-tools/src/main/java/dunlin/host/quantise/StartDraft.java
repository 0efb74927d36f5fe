package dunlin.host.quantise;

import dunlin.host.quantise.QuantisedEncoder.Start;

/** What an encoder's stream begins with, before that has its fixed point. */
sealed interface StartDraft permits FramesDraft, WordsDraft {
  /** The most fraction bits of the stream that it bears. */
  int mostFraction();

  /** The start of a stream with so many fraction bits. */
  Start at(int fraction);
}
