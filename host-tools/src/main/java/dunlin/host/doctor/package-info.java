/**
 * What is wrong with a desk: programs that are missing, ports that may not be opened, wires that go
 * nowhere. The entry points are {@link dunlin.host.doctor.Tools} and {@link
 * dunlin.host.doctor.LineProbe}; {@link dunlin.host.doctor.Diagnosis} has the rules.
 */
package dunlin.host.doctor;
