/**
 * The edge: turns a servlet request into a {@link dev.lakebed.wire.Request}, takes it through the
 * pipeline and writes the answer. The only package that knows JAX-RS and servlets.
 */
@NullMarked
package dev.lakebed.front;

import org.jspecify.annotations.NullMarked;
