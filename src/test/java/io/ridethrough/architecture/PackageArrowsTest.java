package io.ridethrough.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.ridethrough.run.Time;
import java.util.Set;

/** Who may know whom: graph <- plan <- run -> journal; target, standard, power -> contract; cli puts it all together. */
@AnalyzeClasses(packages = "io.ridethrough", importOptions = DoNotIncludeTests.class)
final class PackageArrowsTest {
    private static final String ROOT = "io.ridethrough.";

    @ArchTest
    static final ArchRule graphKnowsNothingOfOurs = knowsOnly("graph");

    @ArchTest
    static final ArchRule contractKnowsOnlyGraphs = knowsOnly("contract", "graph");

    @ArchTest
    static final ArchRule planKnowsContractsAndGraphs = knowsOnly("plan", "contract", "graph");

    @ArchTest
    static final ArchRule powerKnowsContracts = knowsOnly("power", "contract");

    @ArchTest
    static final ArchRule receiptKnowsNothingOfOurs = knowsOnly("receipt");

    @ArchTest
    static final ArchRule journalKnowsOnlyReceipts = knowsOnly("journal", "receipt");

    @ArchTest
    static final ArchRule runKnowsPlansAndTheJournal =
            knowsOnly("run", "plan", "contract", "graph", "journal", "receipt");

    /** Besides contracts only the port that time comes in by: an interface that knows nothing itself. */
    @ArchTest
    static final ArchRule targetKnowsContracts = knowsOnly("target", "contract");

    @ArchTest
    static final ArchRule breakGlassKnowsPlansAndTargets = knowsOnly("breakglass", "plan", "contract", "target");

    @ArchTest
    static final ArchRule documentKnowsPlansTheSheetAndRecipes =
            knowsOnly("document", "breakglass", "setup", "monitoring", "plan", "contract");

    @ArchTest
    static final ArchRule monitoringKnowsContracts = knowsOnly("monitoring", "contract");

    @ArchTest
    static final ArchRule standardKnowsContracts = knowsOnly("standard", "contract");

    @ArchTest
    static final ArchRule dashboardKnowsTargets = knowsOnly("dashboard", "contract", "target");

    @ArchTest
    static final ArchRule draftKnowsContracts = knowsOnly("draft", "contract");

    @ArchTest
    static final ArchRule discoverKnowsDraftsAndTargets = knowsOnly("discover", "draft", "contract", "target");

    @ArchTest
    static final ArchRule labKnowsContracts = knowsOnly("lab", "contract");

    @ArchTest
    static final ArchRule drillKnowsTheLabAndTheJournal =
            knowsOnly("drill", "lab", "plan", "contract", "journal", "receipt");

    @ArchTest
    static final ArchRule apiNeitherCommandsTargetsNorKnowsTheLab = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "api..", ROOT + "console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "target..", ROOT + "lab..", ROOT + "cli..", ROOT + "camel..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule camelKnowsNeitherLabNorCli = noClasses()
            .that()
            .resideInAPackage(ROOT + "camel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "lab..", ROOT + "cli..", ROOT + "console..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingGoesRoundInCircles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyCamelAndTargetsImportCamel = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "camel..", ROOT + "target..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .allowEmptyShould(true);

    private static ArchRule knowsOnly(String name, String... others) {
        Set<String> known = Set.of(others);
        DescribedPredicate<JavaClass> strangers = DescribedPredicate.describe(
                "are ours, outside " + name + " and " + known,
                type -> type.getPackageName().startsWith(ROOT)
                        && !feature(type).equals(name)
                        && !(name.equals("target") && type.isEquivalentTo(Time.class))
                        && !known.contains(feature(type)));
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(strangers)
                .allowEmptyShould(true);
    }

    private static String feature(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("\\.", 2)[0];
    }
}
