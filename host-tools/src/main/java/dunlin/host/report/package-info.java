/**
 * A flock as one page of HTML with pictures: each picture is a class that has its data, draws it as
 * SVG and says it again as a table.
 */
package dunlin.host.report;
