/**
 * Closed-loop load generator for S3, STS and S3 Tables endpoints, and the comparison with other
 * servers. It shares the machine with the server under test, so its own cost per operation is kept
 * small and reported: blocking sockets, one connection per worker, bodies made once.
 */
@NullMarked
package dev.lakebed.bench;

import org.jspecify.annotations.NullMarked;
