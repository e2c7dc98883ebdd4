package io.ridethrough.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** What a package may not touch, whoever writes it. */
@AnalyzeClasses(packages = "io.ridethrough", importOptions = DoNotIncludeTests.class)
final class BansTest {
    private static final String ROOT = "io.ridethrough.";
    /** Same input, same answer. */
    private static final String[] PURE = {ROOT + "graph..", ROOT + "plan..", ROOT + "power..", ROOT + "contract.."};
    /** Time comes in by {@code run.Time}. */
    private static final String[] TIMED = {ROOT + "run..", ROOT + "standard..", ROOT + "receipt.."};
    /** Types that may start a program of this machine: the demo starts this very product, to kill it. */
    private static final Set<String> STARTERS = Set.of(ROOT + "cli.LabService");

    private static final DescribedPredicate<JavaCall<?>> A_CLOCK =
            describe("a clock", call -> isClock(call.getTargetOwner(), call.getName()));

    @ArchTest
    static final ArchRule pureCodeReadsNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(A_CLOCK)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule timedCodeReadsNoClockOfItsOwn = noClasses()
            .that()
            .resideInAnyPackage(TIMED)
            .should()
            .callMethodWhere(A_CLOCK)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureCodeDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccess).*"
                    + "|java\\.nio\\.(file|channels)\\..*"
                    + "|java\\.net\\.(http\\.|.*(Socket|Address|Interface|Connection|URL)).*"
                    + "|java\\.sql\\..*|javax\\.net\\..*")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureCodeStartsNoThread = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.lang\\.Thread|java\\.util\\.concurrent\\..*(Execut|Future|Completion|Pool|Timer).*")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingIsSerialisedByJava = noClasses()
            .should()
            .dependOnClassesThat(nameMatching("java\\.io\\.(ObjectInput|ObjectOutput|Externalizable).*"));

    @ArchTest
    static final ArchRule noProgramOfThisMachineIsStarted = noClasses()
            .that(describe("are not " + STARTERS, type -> !STARTERS.contains(type.getName())))
            .should()
            .dependOnClassesThat(name("java.lang.ProcessBuilder"))
            .orShould()
            .callMethodWhere(target(name("exec")).and(target(owner(name("java.lang.Runtime")))));

    @ArchTest
    static final ArchRule nothingSleeps =
            noClasses().should().callMethodWhere(target(name("sleep")).and(target(owner(name("java.lang.Thread")))));

    @ArchTest
    static final ArchRule onlyTheCommandLineEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .callMethodWhere(target(nameMatching("exit|halt"))
                    .and(target(owner(nameMatching("java\\.lang\\.(System|Runtime)")))));

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Manager|Helper|Processor|Handler)(\\$.*)?")
            .allowEmptyShould(true);

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct())
                .filteredOn(one -> one.getName().startsWith("io.ridethrough."))
                .allSatisfy(one -> assertThat(one.isAnnotatedWith(NullMarked.class))
                        .as(one.getName().replace('.', File.separatorChar))
                        .isTrue());
    }

    private static boolean isClock(JavaClass owner, String method) {
        if (owner.isEquivalentTo(System.class)) {
            return Set.of("currentTimeMillis", "nanoTime").contains(method);
        }
        return owner.isEquivalentTo(Clock.class)
                || (owner.getPackageName().equals("java.time") && method.equals("now"));
    }
}
