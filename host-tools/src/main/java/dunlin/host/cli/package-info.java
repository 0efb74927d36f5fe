/** The command {@code ./dunlin}: arguments in, one line or one JSON object out, an exit code. */
package dunlin.host.cli;
