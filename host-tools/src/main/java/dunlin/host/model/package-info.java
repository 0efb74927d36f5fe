/** Models in floats, as imported: the value between a checkpoint and a quantised model. */
package dunlin.host.model;
