/** The policy language and its evaluation: pure, without input or output; below it only JSON. */
@NullMarked
package dev.lakebed.policy;

import org.jspecify.annotations.NullMarked;
