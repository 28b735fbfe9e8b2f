from repertory.reports.actions.analyses import delete_analysis, save_analysis
from repertory.reports.actions.issuing import issue_report
from repertory.reports.actions.schedules import end_schedule, schedule_report
from repertory.reports.actions.taking import take_out

__all__ = ["delete_analysis", "end_schedule", "issue_report", "save_analysis", "schedule_report", "take_out"]
