/**
 * The node as managed code on a MicroEJ VEE: a board whose clock, UARTs and SPI ports are natives
 * of the Simple Native Interface. Board Java, but for the natives; boards/microej has their C.
 */
package dunlin.boards.microej;
