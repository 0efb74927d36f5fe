/** What a plan takes, before anything is built: its passes run in virtual time without weights. */
package dunlin.host.forecast;
