/**
 * Rig files: what a flock on the desk is, and which port is which board. The entry point is {@link
 * dunlin.host.rig.RigFiles}.
 */
package dunlin.host.rig;
