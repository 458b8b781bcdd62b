/**
 * Who asks and may they: principals, the condition keys of a request, and the question put to the
 * policy engine.
 */
@NullMarked
package dev.lakebed.auth;

import org.jspecify.annotations.NullMarked;
