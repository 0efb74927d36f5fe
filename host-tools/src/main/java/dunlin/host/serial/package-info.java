/** Serial lines of this computer: which there are, which one is meant, and bytes over one. */
package dunlin.host.serial;
