package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.host.flock.Flock;
import dunlin.host.tokenizer.Tokenizer;
import java.util.Locale;

/** Where a flock runs. */
enum Rig {
  /** Boards of the emulated HAL, under virtual time. */
  EMULATED {
    @Override
    Flock start(Built built, Tokenizer tokenizer) {
      return Flock.emulate(built.plan(), built.images(), tokenizer);
    }
  },
  /** QEMU's boards, with firmware as it runs on silicon. */
  QEMU {
    @Override
    Flock start(Built built, Tokenizer tokenizer) {
      return Flock.onQemu(built.plan(), built.images(), tokenizer, new ProgressBars());
    }
  };

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Powers up the boards. */
  abstract Flock start(Built built, Tokenizer tokenizer);
}
