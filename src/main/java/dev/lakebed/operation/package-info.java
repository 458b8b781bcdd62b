/**
 * The stages every request passes: resolve, authenticate, authorise, execute; and what a protocol
 * and an operation must offer to take part.
 */
@NullMarked
package dev.lakebed.operation;

import org.jspecify.annotations.NullMarked;
