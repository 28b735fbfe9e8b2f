from repertory.visits.routing.problem import Plan, Problem, Stop, Tour
from repertory.visits.routing.solving import plan_tours

__all__ = ["Plan", "Problem", "Stop", "Tour", "plan_tours"]
