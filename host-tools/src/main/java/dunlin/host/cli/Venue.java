package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.host.flock.LiveBoards;
import dunlin.host.rig.Rig;
import dunlin.host.rig.RigFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where a flock runs. */
sealed interface Venue {
  /** Powers up the boards, or finds them. */
  LiveBoards start(Built built);

  /** What the flock is, where a file says so. */
  Optional<Rig> rig();

  /** Whether its time is virtual. */
  boolean isVirtual();

  /** On this computer alone. */
  enum Emulator implements Venue {
    /** Boards of the emulated HAL, under virtual time. */
    EMULATED {
      @Override
      public LiveBoards start(Built built) {
        return LiveBoards.emulate(built.plan(), built.images());
      }
    },
    /** QEMU's boards, with firmware as it runs on silicon. */
    QEMU {
      @Override
      public LiveBoards start(Built built) {
        return LiveBoards.onQemu(built.plan(), built.images(), new ProgressBars());
      }
    };

    @Override
    public Optional<Rig> rig() {
      return Optional.empty();
    }

    @Override
    public boolean isVirtual() {
      return this == EMULATED;
    }

    /** As people write it. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Boards on the desk.
   *
   * @param file that says what they are
   * @param found what it says
   */
  record Boards(Path file, Rig found) implements Venue {
    static Boards of(Path file) {
      return new Boards(file, RigFiles.rig(file));
    }

    @Override
    public LiveBoards start(Built built) {
      return LiveBoards.onDesk(built.plan(), built.images(), file);
    }

    @Override
    public Optional<Rig> rig() {
      return Optional.of(found);
    }

    @Override
    public boolean isVirtual() {
      return false;
    }

    /** As people write it. */
    @JsonValue
    @Override
    public String toString() {
      return file.toString();
    }
  }
}
