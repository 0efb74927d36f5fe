/**
 * A Raspberry Pi as host: SPI to the root, and the lines that reset it into its bootloader or its
 * firmware, through Pi4J. The entry points are {@link dunlin.host.pi.SpiCable} and {@link
 * dunlin.host.pi.BootPins}.
 */
package dunlin.host.pi;
