/** What every Cortex-M has, and the loop that steps a machine on it. Board Java. */
package dunlin.boards.cortexm;
