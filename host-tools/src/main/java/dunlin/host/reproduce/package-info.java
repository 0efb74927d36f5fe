/** What papers report, from Dunlin's own flocks on their hardware: docs/papers.md. */
package dunlin.host.reproduce;
