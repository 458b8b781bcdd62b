/** Users, roles, keys and policies as immutable values, and one consistent snapshot of them. */
@NullMarked
package dev.lakebed.iam.model;

import org.jspecify.annotations.NullMarked;
