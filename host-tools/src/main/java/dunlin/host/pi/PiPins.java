package dunlin.host.pi;

/**
 * A Raspberry Pi's connections to rank 0; lines go by their BCM numbers.
 *
 * @param bus number of the SPI bus; its own select lines stay free, for they rise within a transfer
 * @param select line that selects the board
 * @param ready line that the board raises when it has bytes
 * @param boot0 line to BOOT0; null where it is not wired
 * @param reset line to NRST; null where it is not wired
 */
public record PiPins(int bus, Integer select, Integer ready, Integer boot0, Integer reset) {}
