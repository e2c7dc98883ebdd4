package io.ridethrough.lab;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Has Protocol Buffers, which the language of expectations brings along, take its way without {@code sun.misc.Unsafe}:
 * from JDK 24 on that prints warnings at every start. Of every other class only the name is looked at.
 */
final class QuietProtobuf implements ClassFileTransformer {
    private static final String UNSAFE = "com/google/protobuf/UnsafeUtil";

    private QuietProtobuf() {}

    static void in(Instrumentation agent) {
        if (Runtime.version().feature() >= 24) {
            agent.addTransformer(new QuietProtobuf());
        }
    }

    /** Null, which leaves the class as it is, for every class but one. */
    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        return UNSAFE.equals(name) ? Rewritten.of(bytes) : null;
    }

    /** Apart, so that nothing of Byte Buddy is loaded by those who never meet the class. */
    private static final class Rewritten {
        static byte[] of(byte[] bytes) {
            String type = UNSAFE.replace('/', '.');
            ClassFileLocator classes = new ClassFileLocator.Compound(
                    ClassFileLocator.Simple.of(type, bytes),
                    ClassFileLocator.ForClassLoader.of(QuietProtobuf.class.getClassLoader()));
            return new ByteBuddy()
                    .redefine(TypePool.Default.of(classes).describe(type).resolve(), classes)
                    .method(ElementMatchers.named("getUnsafe"))
                    .intercept(FixedValue.nullValue())
                    .make()
                    .getBytes();
        }
    }
}
