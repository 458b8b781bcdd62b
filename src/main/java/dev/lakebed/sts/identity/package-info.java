/** What a verified proof of an identity provider says, and why one is refused. */
@NullMarked
package dev.lakebed.sts.identity;

import org.jspecify.annotations.NullMarked;
