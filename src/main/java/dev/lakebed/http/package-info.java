/**
 * What a request and an answer are, for every protocol: the raw request target, headers, query and
 * body, each parsed once into an immutable value. No servlet, JAX-RS or storage type appears here.
 */
@NullMarked
package dev.lakebed.http;

import org.jspecify.annotations.NullMarked;
