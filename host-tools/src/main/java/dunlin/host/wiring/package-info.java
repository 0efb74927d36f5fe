/**
 * Pin to pin: which wires a planned flock takes, as a list and as a picture. The entry point is
 * {@link dunlin.host.wiring.Cables}.
 */
package dunlin.host.wiring;
