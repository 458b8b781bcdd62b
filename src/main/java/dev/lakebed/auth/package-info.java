/**
 * Who asks and may they: SigV4 in all its forms, principals, and the question put to the policy
 * engine.
 */
@NullMarked
package dev.lakebed.auth;

import org.jspecify.annotations.NullMarked;
