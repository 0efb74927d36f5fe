/** The slow, plain forward pass in double precision against which every other one is measured. */
package dunlin.host.oracle;
