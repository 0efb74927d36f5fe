/** What a flock's work takes: virtual time for every op and byte, and what a pass comes to. */
package dunlin.host.time;
