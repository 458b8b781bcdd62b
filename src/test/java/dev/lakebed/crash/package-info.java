/** The server is killed, starved, stopped and started where it must not start. */
package dev.lakebed.crash;
