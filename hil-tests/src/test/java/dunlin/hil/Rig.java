package dunlin.hil;

import static org.junit.jupiter.api.Assumptions.abort;

import dunlin.host.compile.Compiler;
import dunlin.host.plan.Plan;
import dunlin.host.run.Console;
import dunlin.host.run.EmulatedFlock;

/** Where the suite runs. */
enum Rig {
  /** Boards of the emulated HAL. */
  EMULATED {
    @Override
    Console connect(Plan plan) {
      return new EmulatedFlock(plan);
    }
  },
  /** Boards that QEMU emulates, with the firmware that gcc made. */
  QEMU {
    @Override
    Console connect(Plan plan) {
      return QemuRig.boot(plan, Compiler.compile(plan));
    }
  },
  /** Boards on the desk. */
  BOARDS {
    @Override
    Console connect(Plan plan) {
      return abort("rig boards: no boards on the desk hold this test's image");
    }
  };

  /** The root of a flock as planned; skips the test where the rig is not there. */
  abstract Console connect(Plan plan);
}
