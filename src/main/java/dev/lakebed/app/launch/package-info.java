/**
 * The command line: turns options into settings and starts Payara Micro with the WAR in the same
 * Java virtual machine.
 */
@NullMarked
package dev.lakebed.app.launch;

import org.jspecify.annotations.NullMarked;
