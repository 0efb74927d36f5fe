package dunlin.hil;

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
  /** Boards on the desk, of a rig file that is named. */
  BOARDS {
    @Override
    Console connect(Plan plan) {
      return DeskRig.connect(plan);
    }
  };

  /** The root of a flock as planned; skips the test where the rig is not there. */
  abstract Console connect(Plan plan);
}
