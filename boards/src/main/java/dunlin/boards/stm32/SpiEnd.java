package dunlin.boards.stm32;

/** One of the two ends of an SPI link: what it does in its interrupts. */
interface SpiEnd {
  /** A line has changed, bytes have come, or bytes wait to be sent. */
  void serve();
}
