/**
 * Emulated boards, wires and virtual time: a flock on the desktop. Single-threaded and
 * deterministic: two runs that are given the same agree to the nanosecond. Host code.
 *
 * <p>An {@link dunlin.hal.emulated.Emulation} steps the boards; whatever else has a place in time
 * (bytes on a wire, an SPI transfer, a flash operation) is computed from its start when somebody
 * asks, and costs no event.
 *
 * <p><b>Work takes time</b> only as a machine says so: time stands still within a step. A machine
 * whose work costs <i>c</i> sets the deadline now + <i>c</i> and no other condition, and sends the
 * result in the step after. Bytes that arrive meanwhile wait in the receive queue, and are lost
 * where it overflows, as on a board that computes.
 */
package dunlin.hal.emulated;
