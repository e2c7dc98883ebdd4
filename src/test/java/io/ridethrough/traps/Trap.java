package io.ridethrough.traps;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a test which trap of {@code protocols.md} section 11 it shows that the product does not fall into. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Trap {
    /** Its number there. */
    int value();
}
