/**
 * What stands behind the mocks of Dunlin's natives in MicroEJ's simulator: flash, wires, arrays.
 */
package dunlin.mock;
