package dunlin.hal;

/** What runs on a board from reset on. */
public interface Firmware {
  /** A fresh machine, as after power-up: every byte of its RAM is new. */
  Machine boot(Board board);
}
