from repertory.customers.models.consent import Consent, Erasure
from repertory.customers.models.coverage import Coverage
from repertory.customers.models.customer import Customer, CustomerCount
from repertory.customers.models.duplicates import DuplicatePair, Merge
from repertory.customers.models.facts import FillInInvitation, ProposedFact
from repertory.customers.models.licences import FirstTrade, Licence
from repertory.customers.models.life import ImportantDate, StageChange, TierProposal
from repertory.customers.models.profile import Department, KeyPerson, Profile
from repertory.customers.models.relations import Affiliation, Influence
from repertory.customers.models.search import SearchWaiting

__all__ = [
    "Affiliation",
    "Consent",
    "Coverage",
    "Customer",
    "CustomerCount",
    "Department",
    "DuplicatePair",
    "Erasure",
    "FillInInvitation",
    "FirstTrade",
    "ImportantDate",
    "Influence",
    "KeyPerson",
    "Licence",
    "Merge",
    "Profile",
    "ProposedFact",
    "SearchWaiting",
    "StageChange",
    "TierProposal",
]
