/**
 * The hook into Payara's Grizzly that lets every request target through. It is the only package
 * that knows the server; without it Lakebed works with the key limits that the server has.
 */
@NullMarked
package dev.lakebed.front.payara;

import org.jspecify.annotations.NullMarked;
