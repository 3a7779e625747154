/**
 * What chatbot and runner say to each other, as they said it in a version of their protocol that is still spoken: recorded once, and
 * never changed. A change that does not fit these files does not work with the version before.
 */
@NullMarked
package io.opsconductor.counterpart.protocol;

import org.jspecify.annotations.NullMarked;
