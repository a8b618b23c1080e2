; Links that begin with toolboxai: open the Companion. For the NSIS installer, per user, no rights
; of an administrator needed. The link is the first argument: whatever stands behind it is ignored.
!macro REGISTER_LINKS
  WriteRegStr HKCU "Software\Classes\toolboxai" "" "URL:ToolBoxAI Teacher Companion"
  WriteRegStr HKCU "Software\Classes\toolboxai" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\toolboxai\DefaultIcon" "" '"$INSTDIR\toolboxai-companion.exe",0'
  WriteRegStr HKCU "Software\Classes\toolboxai\shell\open\command" "" '"$INSTDIR\toolboxai-companion.exe" "%1"'
!macroend

!macro FORGET_LINKS
  DeleteRegKey HKCU "Software\Classes\toolboxai"
!macroend
