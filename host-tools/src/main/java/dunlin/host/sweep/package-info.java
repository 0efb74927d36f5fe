/**
 * Many plans at once: every model on every board in every flock that is asked for, on all cores,
 * into a file that a sweep which was stopped goes on with.
 */
package dunlin.host.sweep;
