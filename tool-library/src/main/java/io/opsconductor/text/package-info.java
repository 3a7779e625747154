/**
 * Words about text for people: untrusted text enters, what may be shown or suggested leaves. It must never change what
 * a text means, only how it is shown.
 */
@NullMarked
package io.opsconductor.text;

import org.jspecify.annotations.NullMarked;
