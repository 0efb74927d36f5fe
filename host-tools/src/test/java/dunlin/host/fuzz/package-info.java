/** Coverage-guided fuzzing of everything that reads bytes from outside. */
package dunlin.host.fuzz;
