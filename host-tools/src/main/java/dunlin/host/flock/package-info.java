/**
 * For applications: a flock that writes text, in a few lines. The entry point is {@link
 * dunlin.host.flock.Flock}.
 */
package dunlin.host.flock;
