package dunlin.boards.stm32;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.stm32.DmaSpiModel.Lane;
import java.util.ArrayList;
import java.util.List;

/** The three generations of SPI: a model of each, and its driver. */
enum SpiGenerations implements SpiWires.Generation {
  /** SPI1 of an F4, on streams 2 and 3 of DMA2. */
  F4(0, 0),
  /** SPI1 of an L4: as an F4's, but to be told of bytes. */
  L4(0, DmaSpi.BYTES),
  /** SPI1 of an H7. */
  H7(16, 0),
  /** SPI4 of an H7, whose queues are shorter. */
  H7_SHORT(8, 0);

  private static final int DMA = 0x4002_6400;
  private static final int CLEAR = DMA + 0x08;
  private static final List<Lane> LANES = List.of(lane(2), lane(3));

  private static Lane lane(int stream) {
    int base = DMA + 0x10 + 0x18 * stream;
    return new Lane(base, base + 0x04, base + 0x0C);
  }

  private final int depth;
  private final int width;

  /**
   * A generation.
   *
   * @param depth of its queues; 0 where DMA moves its bytes
   * @param width what must be said beside DMA
   */
  SpiGenerations(int depth, int width) {
    this.depth = depth;
    this.width = width;
  }

  @Override
  public SpiWires.ShiftRegisters model(RegisterModel registers) {
    return depth > 0
        ? new FifoSpiModel(registers, depth)
        : new DmaSpiModel(registers, LANES.get(0), LANES.get(1), CLEAR, width);
  }

  @Override
  public SpiHardware driver(
      RegisterModel registers, ClockGates gates, int[] settings, boolean master) {
    Registers access = new Registers(registers);
    int at = Settings.spi(0, 0);
    return depth > 0
        ? new FifoSpi(registers, access, settings, at, master)
        : new DmaSpi(
            registers,
            access,
            gates,
            settings,
            at,
            master,
            width,
            new ModelLane(registers, LANES.get(0)),
            new ModelLane(registers, LANES.get(1)));
  }

  /** Each generation as a master with each as a slave. */
  static List<Object[]> pairs() {
    List<Object[]> pairs = new ArrayList<>();
    for (SpiGenerations master : values()) {
      for (SpiGenerations slave : values()) {
        pairs.add(new Object[] {master, slave});
      }
    }
    return pairs;
  }

  /** As the lanes of the families drive theirs; those have tests of their own. */
  private record ModelLane(RegisterModel registers, Lane lane) implements DmaLane {
    @Override
    public void start(int register, int memory, int count) {
      registers.write(lane.memory(), memory);
      registers.write(lane.left(), count);
      registers.write(lane.control(), 1);
    }

    @Override
    public int left() {
      return registers.read(lane.left());
    }

    @Override
    public void stop() {
      registers.write(lane.control(), 0);
      registers.write(CLEAR, -1);
    }
  }
}
