/** What papers report, beside what Dunlin takes for the same: docs/papers.md. */
package dunlin.host.reproduce;
